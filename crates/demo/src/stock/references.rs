//! The references on offer. Prices are round guesses for imitation, not market data.

use super::{
    Bezel::{self, Fluted, Halves, Octagon, Ring, Smooth, Tachymeter},
    Hands::{self, Baton, Dauphine, Leaf, Mercedes, Sword},
    Look, Reference, Rgb,
    Strap::{self, Gold, Leather, Rubber, Steel},
};

const BLACK: Rgb = Rgb(18, 18, 20);
const WHITE: Rgb = Rgb(238, 237, 232);
const SILVER: Rgb = Rgb(206, 208, 210);
const CREAM: Rgb = Rgb(232, 222, 198);
const BLUE: Rgb = Rgb(24, 52, 104);
const SKY: Rgb = Rgb(140, 186, 214);
const TURQUOISE: Rgb = Rgb(96, 190, 190);
const GREEN: Rgb = Rgb(20, 82, 54);
const OLIVE: Rgb = Rgb(84, 92, 62);
const RED: Rgb = Rgb(150, 28, 34);
const GREY: Rgb = Rgb(92, 96, 100);
const SALMON: Rgb = Rgb(222, 160, 132);
const BROWN: Rgb = Rgb(92, 58, 36);
const ORANGE: Rgb = Rgb(206, 98, 30);

const fn look(dial: Rgb, bezel: Bezel, hands: Hands, strap: Strap) -> Look {
    Look { dial, bezel, hands, strap }
}

macro_rules! references {
    ($($brand:literal $family:literal $number:literal $nickname:literal $euros:literal $from:literal $to:literal $mm:literal $material:literal $look:expr;)*) => {
        pub const REFERENCES: &[Reference] = &[$(Reference {
            brand: $brand, family: $family, number: $number, nickname: $nickname, euros: $euros,
            years: ($from, $to), diameter_mm: $mm, material: $material, look: $look,
        },)*];
    };
}

references! {
    "Rolex" "Submariner Date" "126610LN" "" 11400 2020 2026 41 "Steel" look(BLACK, Ring(BLACK), Mercedes, Steel);
    "Rolex" "Submariner Date" "126610LV" "Starbucks" 12300 2020 2026 41 "Steel" look(BLACK, Ring(GREEN), Mercedes, Steel);
    "Rolex" "Submariner" "124060" "No Date" 9900 2020 2026 41 "Steel" look(BLACK, Ring(BLACK), Mercedes, Steel);
    "Rolex" "Submariner Date" "116610LN" "" 9600 2010 2020 40 "Steel" look(BLACK, Ring(BLACK), Mercedes, Steel);
    "Rolex" "Submariner Date" "116610LV" "Hulk" 16200 2010 2020 40 "Steel" look(GREEN, Ring(GREEN), Mercedes, Steel);
    "Rolex" "Submariner Date" "16610" "" 7900 1989 2010 40 "Steel" look(BLACK, Ring(BLACK), Mercedes, Steel);
    "Rolex" "GMT-Master II" "126710BLRO" "Pepsi" 18800 2018 2026 40 "Steel" look(BLACK, Halves(BLUE, RED), Mercedes, Steel);
    "Rolex" "GMT-Master II" "126710BLNR" "Batman" 15400 2019 2026 40 "Steel" look(BLACK, Halves(BLACK, BLUE), Mercedes, Steel);
    "Rolex" "GMT-Master II" "126720VTNR" "Sprite" 15900 2022 2026 40 "Steel" look(BLACK, Halves(BLACK, GREEN), Mercedes, Steel);
    "Rolex" "GMT-Master II" "16710" "Coke" 10800 1989 2007 40 "Steel" look(BLACK, Halves(BLACK, RED), Mercedes, Steel);
    "Rolex" "Daytona" "126500LN" "Panda" 28500 2023 2026 40 "Steel" look(WHITE, Tachymeter, Baton, Steel);
    "Rolex" "Daytona" "116500LN" "" 25200 2016 2023 40 "Steel" look(BLACK, Tachymeter, Baton, Steel);
    "Rolex" "Explorer" "124270" "" 7400 2021 2026 36 "Steel" look(BLACK, Smooth, Mercedes, Steel);
    "Rolex" "Explorer II" "226570" "Polar" 9700 2021 2026 42 "Steel" look(WHITE, Smooth, Mercedes, Steel);
    "Rolex" "Datejust 41" "126334" "" 10200 2017 2026 41 "Steel and white gold" look(BLUE, Fluted, Baton, Steel);
    "Rolex" "Datejust 36" "126234" "" 8800 2019 2026 36 "Steel and white gold" look(SILVER, Fluted, Baton, Steel);
    "Rolex" "Oyster Perpetual 41" "124300" "Turquoise" 14900 2020 2026 41 "Steel" look(TURQUOISE, Smooth, Baton, Steel);
    "Rolex" "Sea-Dweller" "126600" "Red Sea" 11900 2017 2026 43 "Steel" look(BLACK, Ring(BLACK), Mercedes, Steel);
    "Rolex" "Day-Date 40" "228238" "President" 34500 2015 2026 40 "Yellow gold" look(Rgb(196, 158, 86), Fluted, Baton, Gold);
    "Rolex" "Milgauss" "116400GV" "" 9400 2007 2023 40 "Steel" look(BLACK, Smooth, Baton, Steel);
    "Omega" "Speedmaster Professional Moonwatch" "310.30.42.50.01.001" "Moonwatch" 6100 2021 2026 42 "Steel" look(BLACK, Tachymeter, Baton, Steel);
    "Omega" "Speedmaster Professional Moonwatch" "310.30.42.50.04.001" "White dial" 7600 2024 2026 42 "Steel" look(WHITE, Tachymeter, Baton, Steel);
    "Omega" "Speedmaster" "3570.50.00" "" 4300 1997 2014 42 "Steel" look(BLACK, Tachymeter, Baton, Steel);
    "Omega" "Seamaster Diver 300M" "210.30.42.20.03.001" "" 4400 2018 2026 42 "Steel" look(BLUE, Ring(BLUE), Sword, Steel);
    "Omega" "Seamaster Diver 300M" "2531.80.00" "Bond" 2400 1993 2006 41 "Steel" look(BLUE, Ring(BLUE), Sword, Steel);
    "Omega" "Seamaster Planet Ocean" "215.30.44.21.01.001" "" 4900 2016 2026 44 "Steel" look(BLACK, Ring(ORANGE), Sword, Steel);
    "Omega" "Aqua Terra 150M" "220.10.41.21.10.001" "" 4300 2017 2026 41 "Steel" look(GREEN, Smooth, Dauphine, Steel);
    "Tudor" "Black Bay Fifty-Eight" "79030N" "BB58" 2900 2018 2026 39 "Steel" look(BLACK, Ring(BLACK), Sword, Steel);
    "Tudor" "Black Bay Fifty-Eight" "79030B" "BB58 Blue" 2850 2020 2026 39 "Steel" look(BLUE, Ring(BLUE), Sword, Steel);
    "Tudor" "Black Bay 54" "79000N" "BB54" 3150 2023 2026 37 "Steel" look(BLACK, Ring(BLACK), Sword, Rubber(BLACK));
    "Tudor" "Black Bay GMT" "79830RB" "Pepsi" 3200 2018 2026 41 "Steel" look(BLACK, Halves(BLUE, RED), Sword, Steel);
    "Tudor" "Pelagos 39" "25407N" "" 3600 2022 2026 39 "Titanium" look(BLACK, Ring(BLACK), Sword, Steel);
    "Tudor" "Ranger" "79950" "" 2300 2022 2026 39 "Steel" look(BLACK, Smooth, Sword, Leather(BROWN));
    "Cartier" "Santos" "WSSA0018" "Santos Large" 6200 2018 2026 40 "Steel" look(WHITE, Octagon, Sword, Steel);
    "Cartier" "Tank Must" "WSTA0041" "Tank" 2700 2021 2026 34 "Steel" look(WHITE, Smooth, Sword, Leather(BLACK));
    "Patek Philippe" "Nautilus" "5711/1A-010" "" 98000 2006 2021 40 "Steel" look(BLUE, Octagon, Baton, Steel);
    "Patek Philippe" "Aquanaut" "5167A-001" "" 46500 2007 2026 40 "Steel" look(BLACK, Octagon, Baton, Rubber(BLACK));
    "Patek Philippe" "Calatrava" "5196G-001" "" 17800 2004 2021 37 "White gold" look(SILVER, Smooth, Dauphine, Leather(BLACK));
    "Audemars Piguet" "Royal Oak" "15500ST.OO.1220ST.01" "" 39500 2019 2023 41 "Steel" look(BLUE, Octagon, Baton, Steel);
    "Audemars Piguet" "Royal Oak" "15202ST.OO.1240ST.01" "Jumbo" 79000 2012 2021 39 "Steel" look(BLUE, Octagon, Baton, Steel);
    "Vacheron Constantin" "Overseas" "4500V/110A-B128" "" 26500 2016 2026 41 "Steel" look(BLUE, Fluted, Baton, Steel);
    "A. Lange & Söhne" "Saxonia" "219.026" "Saxonia Thin" 17200 2015 2026 37 "White gold" look(SILVER, Smooth, Baton, Leather(BLACK));
    "A. Lange & Söhne" "Lange 1" "191.032" "" 36800 2015 2026 39 "Pink gold" look(SALMON, Smooth, Dauphine, Leather(BROWN));
    "Jaeger-LeCoultre" "Reverso Classic" "Q3828420" "" 7600 2016 2026 45 "Steel" look(SILVER, Smooth, Dauphine, Leather(BLACK));
    "Jaeger-LeCoultre" "Master Control Date" "Q4018420" "" 7100 2020 2026 40 "Steel" look(SILVER, Smooth, Dauphine, Leather(BROWN));
    "IWC" "Pilot's Watch Mark XX" "IW328201" "Mark 20" 4300 2022 2026 40 "Steel" look(BLACK, Smooth, Sword, Leather(BLACK));
    "IWC" "Portugieser Chronograph" "IW371605" "" 6400 2020 2026 41 "Steel" look(WHITE, Smooth, Leaf, Leather(BLUE));
    "IWC" "Big Pilot's Watch 43" "IW329301" "" 6900 2021 2026 43 "Steel" look(BLACK, Smooth, Sword, Leather(BROWN));
    "Breitling" "Navitimer B01 Chronograph 43" "AB0138211B1A1" "" 6500 2022 2026 43 "Steel" look(BLACK, Tachymeter, Baton, Steel);
    "Breitling" "Superocean Heritage" "AB2010121B1A1" "" 3300 2017 2026 42 "Steel" look(BLACK, Ring(BLACK), Sword, Steel);
    "TAG Heuer" "Monaco" "CAW211P.FC6356" "Steve McQueen" 4500 2015 2026 39 "Steel" look(BLUE, Smooth, Baton, Leather(BLUE));
    "TAG Heuer" "Carrera" "CBN2A1B.BA0643" "" 3900 2020 2026 44 "Steel" look(BLACK, Tachymeter, Baton, Steel);
    "Panerai" "Luminor Marina" "PAM01312" "" 5400 2018 2026 44 "Steel" look(BLACK, Smooth, Baton, Leather(BROWN));
    "Zenith" "Chronomaster Original" "03.3200.3600/69.C902" "" 6700 2021 2026 38 "Steel" look(SILVER, Tachymeter, Baton, Leather(BLUE));
    "Grand Seiko" "Snowflake" "SBGA211" "" 4300 2017 2026 41 "Titanium" look(WHITE, Smooth, Dauphine, Steel);
    "Grand Seiko" "White Birch" "SLGH005" "" 7300 2021 2026 40 "Steel" look(SILVER, Smooth, Dauphine, Steel);
    "Seiko" "Prospex" "SPB143" "62MAS reissue" 820 2020 2026 40 "Steel" look(GREY, Ring(GREY), Sword, Steel);
    "Seiko" "SARB" "SARB033" "" 590 2008 2018 38 "Steel" look(BLACK, Smooth, Dauphine, Steel);
    "Seiko" "SKX" "SKX007" "" 380 1996 2019 42 "Steel" look(BLACK, Ring(BLACK), Sword, Rubber(BLACK));
    "Nomos" "Tangente" "164" "Tangente 38" 1450 2013 2026 38 "Steel" look(CREAM, Smooth, Leaf, Leather(BLACK));
    "Nomos" "Club Campus" "709" "" 1120 2017 2026 36 "Steel" look(SALMON, Smooth, Leaf, Leather(GREY));
    "Longines" "Spirit Zulu Time" "L3.812.4.53.6" "" 2350 2022 2026 42 "Steel" look(BLACK, Ring(BLACK), Sword, Steel);
    "Longines" "Legend Diver" "L3.774.4.50.0" "" 1500 2017 2023 42 "Steel" look(BLACK, Smooth, Dauphine, Leather(BLACK));
    "Oris" "Aquis Date" "01 733 7766 4135-07 8 22 05PEB" "" 1480 2020 2026 41 "Steel" look(GREEN, Ring(GREEN), Sword, Steel);
    "Hamilton" "Khaki Field Mechanical" "H69439931" "" 420 2018 2026 38 "Steel" look(OLIVE, Smooth, Sword, Leather(BROWN));
    "Tissot" "PRX Powermatic 80" "T137.407.11.041.00" "PRX Blue" 520 2021 2026 40 "Steel" look(BLUE, Smooth, Baton, Steel);
    "Tissot" "PRX Powermatic 80" "T137.407.11.351.00" "Ice Blue" 540 2023 2026 40 "Steel" look(SKY, Smooth, Baton, Steel);
    "Blancpain" "Fifty Fathoms" "5015-1130-52A" "" 9800 2007 2024 45 "Steel" look(BLACK, Ring(BLACK), Sword, Rubber(BLACK));
    "Hublot" "Classic Fusion" "542.NX.1171.RX" "" 4600 2015 2026 42 "Titanium" look(BLACK, Octagon, Baton, Rubber(BLACK));
    "Chopard" "Alpine Eagle" "298600-3001" "" 11800 2019 2026 41 "Steel" look(BLUE, Octagon, Baton, Steel);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_reference_is_listed_twice() {
        let mut numbers: Vec<&str> = REFERENCES.iter().map(|entry| entry.number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), REFERENCES.len());
        assert!(REFERENCES.len() >= 60);
    }
}
