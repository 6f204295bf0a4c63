# The build needs pip and setuptools; what runs is the finished environment, without root's rights.
FROM python:3.11-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
RUN python -m venv /opt/paperboy
WORKDIR /src
# One file, or several: requirements-openai.txt adds a client for models that summarise, requirements-charts.txt draws charts.
ARG REQUIREMENTS=requirements.txt
COPY requirements-build.txt requirements.txt requirements-openai.txt requirements-charts.txt ./
RUN /opt/paperboy/bin/pip install --require-hashes -r requirements-build.txt \
 && for file in $REQUIREMENTS; do \
        /opt/paperboy/bin/pip install --require-hashes --no-build-isolation -r "$file" || exit 1; \
    done
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY cogs cogs
# `paperboy demo` and `paperboy try` play with these.
COPY page page
COPY sandbox sandbox
COPY seeds seeds
RUN /opt/paperboy/bin/pip install --no-deps --no-build-isolation . \
 && /opt/paperboy/bin/pip uninstall --yes setuptools pip

FROM python:3.11-slim
RUN useradd --create-home --uid 10001 paperboy \
 && install --directory --owner paperboy --group paperboy /data
COPY --from=build /opt/paperboy /opt/paperboy
# The seeds are the archive until a folder is mounted over them.
COPY seeds /archive
ENV PATH=/opt/paperboy/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PAPERBOY_ARCHIVE__PATH=/archive \
    PAPERBOY_DATABASE__PATH=/data/paperboy.db
USER paperboy
# A config.toml in /data is found there.
WORKDIR /data
VOLUME /data
# Well: gateway, database and scheduler have given a sign of life in the last minute or two.
HEALTHCHECK --interval=60s --timeout=20s --start-period=60s --retries=3 CMD ["paperboy", "health"]
ENTRYPOINT ["paperboy"]
CMD ["run"]
