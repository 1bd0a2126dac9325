package io.firesteel.local.kubelet.plan;

import java.util.Map;
import java.util.Optional;

/**
 * The ConfigMaps, Secrets and claims of one namespace, as they are now. Values of Secrets are for
 * the container alone: whoever reads them neither logs nor keeps them.
 */
public interface NamespaceObjects {

  /** A ConfigMap's keys, text and binary; empty when there is no such ConfigMap. */
  Optional<Map<String, byte[]>> configMap(String name);

  /** A Secret's keys, decoded; empty when there is no such Secret. */
  Optional<Map<String, byte[]>> secret(String name);

  boolean hasClaim(String name);
}
