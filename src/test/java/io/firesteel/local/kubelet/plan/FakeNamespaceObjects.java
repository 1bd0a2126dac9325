package io.firesteel.local.kubelet.plan;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** ConfigMaps and Secrets in memory. */
final class FakeNamespaceObjects implements NamespaceObjects {

  private final Map<String, Map<String, byte[]>> configMaps = new HashMap<>();
  private final Map<String, Map<String, byte[]>> secrets = new HashMap<>();

  FakeNamespaceObjects withConfigMap(String name, Map<String, String> keys) {
    configMaps.put(name, bytes(keys));
    return this;
  }

  FakeNamespaceObjects withSecret(String name, Map<String, String> keys) {
    secrets.put(name, bytes(keys));
    return this;
  }

  @Override
  public Optional<Map<String, byte[]>> configMap(String name) {
    return Optional.ofNullable(configMaps.get(name));
  }

  @Override
  public Optional<Map<String, byte[]>> secret(String name) {
    return Optional.ofNullable(secrets.get(name));
  }

  @Override
  public boolean hasClaim(String name) {
    return name.equals("claimed");
  }

  private static Map<String, byte[]> bytes(Map<String, String> keys) {
    var bytes = new HashMap<String, byte[]>();
    keys.forEach((key, text) -> bytes.put(key, text.getBytes(StandardCharsets.UTF_8)));
    return bytes;
  }
}
