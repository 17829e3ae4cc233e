# docker build -t normalize . && docker run --rm -i normalize run < article.txt
# Files: docker run --rm -v "$PWD:/texts" -u "$(id -u):$(id -g)" normalize run -w .
FROM python:3.12-slim AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY normalize normalize
COPY rules rules
COPY man man
RUN pip install --no-cache-dir --prefix=/made '.[arrow,zst]'

FROM python:3.12-slim
COPY --from=build /made /usr/local
# Compiled once, so that every run of the image starts at once.
ENV XDG_CACHE_HOME=/var/cache/normalize
RUN mkdir -m 777 /var/cache/normalize && echo warm | normalize run -q > /dev/null \
    && useradd --create-home reader
USER reader
WORKDIR /texts
ENTRYPOINT ["normalize"]
CMD ["--help"]
