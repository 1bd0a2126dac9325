package io.firesteel.local.kubelet;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.firesteel.local.kubelet.plan.NamespaceObjects;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads ConfigMaps, Secrets and claims from the API server, without a cache.
 *
 * @param client a client of the API server
 * @param namespace the namespace of the pod
 */
record ApiNamespaceObjects(KubernetesClient client, String namespace) implements NamespaceObjects {

  @Override
  public Optional<Map<String, byte[]>> configMap(String name) {
    return Optional.ofNullable(client.configMaps().inNamespace(namespace).withName(name).get())
        .map(found -> {
          var keys = new HashMap<String, byte[]>();
          if (found.getData() != null) {
            found
                .getData()
                .forEach((key, text) -> keys.put(key, text.getBytes(StandardCharsets.UTF_8)));
          }
          decode(found.getBinaryData(), keys);
          return keys;
        });
  }

  @Override
  public Optional<Map<String, byte[]>> secret(String name) {
    return Optional.ofNullable(client.secrets().inNamespace(namespace).withName(name).get())
        .map(found -> {
          var keys = new HashMap<String, byte[]>();
          decode(found.getData(), keys);
          return keys;
        });
  }

  @Override
  public boolean hasClaim(String name) {
    return client.persistentVolumeClaims().inNamespace(namespace).withName(name).get() != null;
  }

  private static void decode(@Nullable Map<String, String> encoded, Map<String, byte[]> keys) {
    if (encoded != null) {
      encoded.forEach((key, text) -> keys.put(key, Base64.getMimeDecoder().decode(text)));
    }
  }
}
