// A photo of what was found: made small in the browser, with what the inspector hides painted over.
"use strict";

(() => {
  const LONGEST = 240;
  const dialog = document.getElementById("photo-dialog");
  const canvas = document.getElementById("photo-canvas");
  const paint = canvas.getContext("2d");
  let form = null;
  let from = null;

  async function open(input) {
    form = input.form;
    const picture = await createImageBitmap(input.files[0]).catch(() => null);
    input.value = "";
    if (!picture) {
      return;
    }
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    paint.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    dialog.showModal();
  }

  function point(event) {
    const box = canvas.getBoundingClientRect();
    const scale = Math.min(box.width / canvas.width, box.height / canvas.height);
    const left = (box.width - canvas.width * scale) / 2;
    const top = (box.height - canvas.height * scale) / 2;
    return [(event.clientX - box.left - left) / scale, (event.clientY - box.top - top) / scale];
  }

  canvas.addEventListener("pointerdown", (event) => {
    from = point(event);
    canvas.setPointerCapture(event.pointerId);
  });

  canvas.addEventListener("pointerup", (event) => {
    if (!from) {
      return;
    }
    const to = point(event);
    paint.fillStyle = "#777";
    paint.fillRect(
      Math.min(from[0], to[0]),
      Math.min(from[1], to[1]),
      Math.abs(to[0] - from[0]),
      Math.abs(to[1] - from[1]),
    );
    from = null;
  });

  // For the keyboard: the whole picture in sixteen coarse squares each way.
  function blurAll() {
    const small = document.createElement("canvas");
    [small.width, small.height] = [16, 16];
    small.getContext("2d").drawImage(canvas, 0, 0, 16, 16);
    paint.imageSmoothingEnabled = false;
    paint.drawImage(small, 0, 0, canvas.width, canvas.height);
  }

  dialog.addEventListener("click", (event) => {
    const act = event.target.closest("[data-photo]")?.dataset.photo;
    if (act === "hide-all") {
      blurAll();
    } else if (act) {
      if (act === "keep") {
        canvas.toBlob(
          (photo) => form.dispatchEvent(new CustomEvent("clean-desk:photo", { detail: photo, bubbles: true })),
          "image/jpeg",
          0.7,
        );
      }
      dialog.close();
    }
  });

  for (const label of document.querySelectorAll(".photo-button")) {
    label.hidden = false;
    label.querySelector("input").addEventListener("change", (event) => open(event.target));
  }
})();
