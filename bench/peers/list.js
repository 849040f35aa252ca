// A virtual list without any library: the least work that can show 100,000 rows of our height.
function showList(total) {
  const height = 64;
  document.body.innerHTML = '<div id="list"><div id="canvas"></div></div>';
  const list = document.getElementById("list");
  const canvas = document.getElementById("canvas");
  list.style.cssText = "position:fixed;inset:0;overflow-y:auto;contain:strict";
  canvas.style.cssText = `position:relative;height:${total * height}px`;
  const rows = [];
  const draw = () => {
    const first = Math.max(0, Math.floor(list.scrollTop / height) - 4);
    const count = Math.ceil(list.clientHeight / height) + 8;
    while (rows.length < count) {
      const row = document.createElement("div");
      row.className = "row";
      row.style.cssText = `position:absolute;left:0;right:0;height:${height}px;will-change:transform`;
      row.append(document.createElement("b"), document.createElement("span"));
      canvas.append(row);
      rows.push(row);
    }
    rows.forEach((row, place) => {
      const number = first + place;
      row.style.transform = `translateY(${number * height}px)`;
      row.firstChild.textContent = `Rolex Submariner Date 126610LN ${number}`;
      row.lastChild.textContent = ` €${(9000 + (number % 4000)).toLocaleString("en")}`;
    });
  };
  list.addEventListener("scroll", draw, { passive: true });
  draw();
}
