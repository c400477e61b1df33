# One image for both processes: `python -m api serve` and `python -m bot serve`.
FROM python:3.11-slim AS build
COPY requirements/run.txt /tmp/run.txt
RUN python -m venv /opt/doorway \
 && /opt/doorway/bin/pip install --no-cache-dir --require-hashes --requirement /tmp/run.txt

FROM python:3.11-slim
# Without it only Ogg Opus could be taken for what is spoken aloud.
RUN apt-get update && apt-get install -y --no-install-recommends ffmpeg \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --create-home --home-dir /srv/doorway doorway
COPY --from=build /opt/doorway /opt/doorway
WORKDIR /srv/doorway
COPY common common
COPY bot bot
COPY api api
COPY locales locales
RUN mkdir var && chown doorway var
USER doorway
ENV PATH=/opt/doorway/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    API_HOST=0.0.0.0 BOT_HOST=0.0.0.0
VOLUME /srv/doorway/var
EXPOSE 8000 8080
# The api by default; the bot is the same image with `python -m bot serve`.
CMD ["python", "-m", "api", "serve"]
