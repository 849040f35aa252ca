//! Country names as markets write them -> ISO 3166-1 alpha-2. Only the countries that watches come from.

/// Code, then names in English, German, French, Italian, Spanish and others where they differ.
const COUNTRIES: &[(&str, &[&str])] = &[
    (
        "US",
        &[
            "United States",
            "United States of America",
            "USA",
            "Vereinigte Staaten",
            "Vereinigte Staaten von Amerika",
            "États-Unis",
            "Stati Uniti",
            "Estados Unidos",
            "Verenigde Staten",
            "Stany Zjednoczone",
        ],
    ),
    (
        "GB",
        &[
            "United Kingdom",
            "Großbritannien",
            "Vereinigtes Königreich",
            "Royaume-Uni",
            "Regno Unito",
            "Reino Unido",
            "Great Britain",
            "Verenigd Koninkrijk",
            "Wielka Brytania",
            "Vereinigtes Königreich Großbritannien",
        ],
    ),
    (
        "DE",
        &[
            "Germany",
            "Deutschland",
            "Allemagne",
            "Germania",
            "Alemania",
            "Duitsland",
            "Niemcy",
            "Alemanha",
            "Tyskland",
        ],
    ),
    ("FR", &["France", "Frankreich", "Francia", "Frankrijk", "Francja", "França"]),
    ("IT", &["Italy", "Italien", "Italie", "Italia", "Italië", "Włochy", "Itália"]),
    ("ES", &["Spain", "Spanien", "Espagne", "Spagna", "España", "Spanje", "Hiszpania", "Espanha"]),
    (
        "CH",
        &[
            "Switzerland",
            "Schweiz",
            "Suisse",
            "Svizzera",
            "Suiza",
            "Zwitserland",
            "Szwajcaria",
            "Suíça",
        ],
    ),
    ("AT", &["Austria", "Österreich", "Autriche", "Oostenrijk", "Áustria"]),
    (
        "NL",
        &[
            "Netherlands",
            "The Netherlands",
            "Niederlande",
            "Pays-Bas",
            "Paesi Bassi",
            "Países Bajos",
            "Nederland",
            "Holandia",
            "Países Baixos",
        ],
    ),
    ("BE", &["Belgium", "Belgien", "Belgique", "Belgio", "Bélgica", "België", "Belgia"]),
    ("LU", &["Luxembourg", "Luxemburg", "Lussemburgo", "Luxemburgo"]),
    ("DK", &["Denmark", "Dänemark", "Danemark", "Danimarca", "Dinamarca", "Denemarken", "Danmark"]),
    ("SE", &["Sweden", "Schweden", "Suède", "Svezia", "Suecia", "Zweden", "Sverige"]),
    ("NO", &["Norway", "Norwegen", "Norvège", "Norvegia", "Noruega", "Noorwegen", "Norge"]),
    ("FI", &["Finland", "Finnland", "Finlande", "Finlandia", "Suomi"]),
    ("IE", &["Ireland", "Irland", "Irlande", "Irlanda", "Ierland"]),
    ("PL", &["Poland", "Polen", "Pologne", "Polonia", "Polska"]),
    (
        "CZ",
        &[
            "Czech Republic",
            "Czechia",
            "Tschechien",
            "Tschechische Republik",
            "République tchèque",
            "Repubblica Ceca",
            "Chequia",
            "República Checa",
            "Česko",
        ],
    ),
    ("SK", &["Slovakia", "Slowakei", "Slovaquie", "Slovacchia", "Eslovaquia"]),
    ("HU", &["Hungary", "Ungarn", "Hongrie", "Ungheria", "Hungría"]),
    ("SI", &["Slovenia", "Slowenien", "Slovénie", "Eslovenia"]),
    ("HR", &["Croatia", "Kroatien", "Croatie", "Croazia", "Croacia"]),
    ("RO", &["Romania", "Rumänien", "Roumanie", "Rumania"]),
    ("BG", &["Bulgaria", "Bulgarien", "Bulgarie"]),
    ("GR", &["Greece", "Griechenland", "Grèce", "Grecia"]),
    ("PT", &["Portugal", "Portogallo"]),
    ("MT", &["Malta", "Malte"]),
    ("CY", &["Cyprus", "Zypern", "Chypre", "Cipro", "Chipre"]),
    ("EE", &["Estonia", "Estland", "Estonie"]),
    ("LV", &["Latvia", "Lettland", "Lettonie", "Lettonia", "Letonia"]),
    ("LT", &["Lithuania", "Litauen", "Lituanie", "Lituania"]),
    ("UA", &["Ukraine", "Ucraina", "Ucrania"]),
    ("RU", &["Russia", "Russland", "Russie", "Rusia", "Russian Federation"]),
    ("TR", &["Turkey", "Türkei", "Türkiye", "Turquie", "Turchia", "Turquía"]),
    ("MC", &["Monaco", "Mónaco"]),
    ("LI", &["Liechtenstein"]),
    ("SM", &["San Marino"]),
    ("JP", &["Japan", "Japon", "Giappone", "Japón", "日本", "Japonia", "Japão"]),
    ("CN", &["China", "Chine", "Cina", "中国", "Chiny"]),
    ("HK", &["Hong Kong", "Hongkong", "Hong Kong SAR", "香港"]),
    ("TW", &["Taiwan", "Taïwan", "Taiwán", "台湾", "台灣"]),
    (
        "KR",
        &[
            "South Korea",
            "Südkorea",
            "Corée du Sud",
            "Corea del Sud",
            "Corea del Sur",
            "Korea, South",
            "Republic of Korea",
            "대한민국",
        ],
    ),
    ("SG", &["Singapore", "Singapur", "Singapour"]),
    ("MY", &["Malaysia", "Malaisie", "Malasia"]),
    ("TH", &["Thailand", "Thaïlande", "Thailandia", "Tailandia"]),
    ("VN", &["Vietnam", "Viet Nam"]),
    ("ID", &["Indonesia", "Indonesien", "Indonésie"]),
    ("PH", &["Philippines", "Philippinen", "Filippine", "Filipinas"]),
    ("IN", &["India", "Indien", "Inde"]),
    ("PK", &["Pakistan", "Pakistán"]),
    (
        "AE",
        &[
            "United Arab Emirates",
            "Vereinigte Arabische Emirate",
            "Émirats arabes unis",
            "Emirati Arabi Uniti",
            "Emiratos Árabes Unidos",
            "UAE",
        ],
    ),
    ("SA", &["Saudi Arabia", "Saudi-Arabien", "Arabie saoudite", "Arabia Saudita"]),
    ("QA", &["Qatar", "Katar"]),
    ("KW", &["Kuwait", "Koweït"]),
    ("BH", &["Bahrain", "Bahreïn"]),
    ("IL", &["Israel", "Israël", "Israele"]),
    ("AU", &["Australia", "Australien", "Australie"]),
    ("NZ", &["New Zealand", "Neuseeland", "Nouvelle-Zélande", "Nuova Zelanda", "Nueva Zelanda"]),
    ("CA", &["Canada", "Kanada", "Canadá"]),
    ("MX", &["Mexico", "Mexiko", "Mexique", "Messico", "México"]),
    ("BR", &["Brazil", "Brasilien", "Brésil", "Brasile", "Brasil"]),
    ("AR", &["Argentina", "Argentinien", "Argentine"]),
    ("CL", &["Chile", "Chili", "Cile"]),
    ("CO", &["Colombia", "Kolumbien", "Colombie"]),
    ("ZA", &["South Africa", "Südafrika", "Afrique du Sud", "Sudafrica", "Sudáfrica"]),
    ("MA", &["Morocco", "Marokko", "Maroc", "Marocco", "Marruecos"]),
];

/// The code of a country's name or of a code itself; `None` where the text is neither.
pub fn code(name: &str) -> Option<String> {
    let name = name.trim().trim_end_matches('.');
    let by_code = |known: &&(&str, &[&str])| known.0 == name;
    let by_name = |known: &&(&str, &[&str])| known.1.contains(&name);
    let found = COUNTRIES.iter().find(by_code).or_else(|| COUNTRIES.iter().find(by_name));
    if let Some((code, _)) = found {
        return Some((*code).to_owned());
    }
    let two_capitals = name.len() == 2 && name.bytes().all(|byte| byte.is_ascii_uppercase());
    two_capitals.then(|| name.to_owned())
}

/// The code of the country that a place ends with: `Tokyo, Japan`.
pub fn code_of_place(place: &str) -> Option<String> {
    place.rsplit(',').next().and_then(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_several_languages_are_known() {
        assert_eq!(code("Großbritannien").as_deref(), Some("GB"));
        assert_eq!(code_of_place("Tokyo, Japan").as_deref(), Some("JP"));
        assert_eq!(code("JP").as_deref(), Some("JP"));
        assert_eq!(code("Hamburg"), None);
    }
}
