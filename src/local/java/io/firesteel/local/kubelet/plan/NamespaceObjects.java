package io.firesteel.local.kubelet.plan;

import java.util.Map;
import java.util.Optional;

/**
 * The current ConfigMaps, Secrets and claims of one namespace. Callers must not log or keep the
 * values of Secrets.
 */
public interface NamespaceObjects {

  /** The data of a ConfigMap; empty if there is none of this name. */
  Optional<Map<String, byte[]>> configMap(String name);

  /** The decoded data of a Secret; empty if there is none of this name. */
  Optional<Map<String, byte[]>> secret(String name);

  boolean hasClaim(String name);
}
