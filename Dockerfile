# The sidecar of Argo CD's repo-server: rayshield and its plugin.yaml; argocd-cmp-server itself comes from a volume that an
# init container of Argo CD fills.
# https://argo-cd.readthedocs.io/en/stable/operator-manual/config-management-plugins/#register-the-plugin-sidecar
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

FROM node:24-slim
COPY --from=build /src/package.json /opt/rayshield/package.json
COPY --from=build /src/schemas /opt/rayshield/schemas
COPY --from=build /src/dist /opt/rayshield/dist
RUN ln -s /opt/rayshield/dist/rayshield.cjs /usr/local/bin/rayshield
COPY plugin.yaml /home/argocd/cmp-server/config/plugin.yaml
# argocd-cmp-server runs as Argo CD's user, by number: the image has no such name. Nothing here is written at run time, so the
# root file system may be read-only; /tmp and the plugins' socket folder are volumes of the pod.
USER 999
ENTRYPOINT ["/var/run/argocd/argocd-cmp-server"]
