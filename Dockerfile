# The sidecar of Argo CD's repo-server: rayshield, its plugin.yaml, and the tools that render kustomizations and charts;
# argocd-cmp-server itself comes from a volume that an init container of Argo CD fills.
# https://argo-cd.readthedocs.io/en/stable/operator-manual/config-management-plugins/#register-the-plugin-sidecar

# Both by digest, so that a build can be repeated: NAME@sha256:DIGEST. kustomize 5.8 and Helm 3 or 4, as Argo CD 3.5 has them.
ARG KUSTOMIZE_IMAGE
ARG HELM_IMAGE

FROM ${KUSTOMIZE_IMAGE} AS kustomize

FROM ${HELM_IMAGE} AS helm

FROM node:24-slim AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY schemas schemas
COPY plugin plugin
COPY build build
# Here and not elsewhere: the code cache in dist/ is good for the Node of this image alone.
RUN npm run build
# What the bundle was made from; it needs no network.
RUN npm sbom --package-lock-only --sbom-format=cyclonedx > sbom.cdx.json

FROM node:24-slim
LABEL org.opencontainers.image.title="rayshield" \
  org.opencontainers.image.description="Config management plugin of Argo CD that expands networkIsolation and tlsOptions in Ray manifests" \
  org.opencontainers.image.licenses="Apache-2.0" \
  io.rayshield.sbom="/opt/rayshield/sbom.cdx.json"
# Where the images above have their programs.
ARG KUSTOMIZE_PATH=/app/kustomize
ARG HELM_PATH=/usr/bin/helm
COPY --from=kustomize ${KUSTOMIZE_PATH} /usr/local/bin/kustomize
COPY --from=helm ${HELM_PATH} /usr/local/bin/helm
COPY --from=build /src/package.json /opt/rayshield/package.json
COPY --from=build /src/sbom.cdx.json /opt/rayshield/sbom.cdx.json
COPY --from=build /src/schemas /opt/rayshield/schemas
COPY --from=build /src/dist /opt/rayshield/dist
RUN ln -s /opt/rayshield/dist/rayshield.cjs /usr/local/bin/rayshield
COPY plugin.yaml /home/argocd/cmp-server/config/plugin.yaml
# argocd-cmp-server runs as Argo CD's user, by number: the image has no such name. Nothing here is written at run time, so the
# root file system may be read-only; /tmp and the plugins' socket folder are volumes of the pod.
USER 999
ENTRYPOINT ["/var/run/argocd/argocd-cmp-server"]
