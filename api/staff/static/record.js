// Records a clip into the form's own file field. Without it, the field takes a file as ever.
const form = document.querySelector("[data-records]");
const records = form && window.MediaRecorder && navigator.mediaDevices?.getUserMedia;
if (records) {
  const button = form.querySelector("[data-record]");
  const said = form.querySelector("[data-said]");
  const field = form.querySelector('input[type="file"]');
  const words = button.textContent;
  let recorder = null;
  form.querySelector("[data-recorder]").hidden = false;

  const take = (parts, type) => {
    const ending = type.includes("ogg") ? "ogg" : type.includes("mp4") ? "m4a" : "webm";
    const files = new DataTransfer();
    files.items.add(new File(parts, `recorded.${ending}`, { type }));
    field.files = files.files;
    said.textContent = "Recorded. Press “Keep it”, and then listen to it.";
  };

  const begin = async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
    const parts = [];
    recorder = new MediaRecorder(stream);
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", () => {
      clearTimeout(end);
      stream.getTracks().forEach((track) => track.stop());
      take(parts, recorder.mimeType);
      recorder = null;
      button.textContent = words;
    });
    recorder.start();
    const end = setTimeout(() => recorder?.stop(), Number(button.dataset.most) * 1000);
    button.textContent = "Stop";
    said.textContent = "Recording…";
  };

  button.addEventListener("click", async () => {
    if (recorder) {
      recorder.stop();
      return;
    }
    try {
      await begin();
    } catch {
      said.textContent = "The microphone could not be used. Choose a file below in its place.";
    }
  });
}
