package io.firesteel.driver;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import org.jspecify.annotations.Nullable;

/** Pods from pod templates. */
final class Templates {

  private Templates() {}

  /** The pod a template stands for, sharing its parts; null if there is none. */
  static @Nullable Pod pod(@Nullable PodTemplateSpec template) {
    if (template == null) {
      return null;
    }
    var pod = new Pod();
    pod.setMetadata(template.getMetadata());
    pod.setSpec(template.getSpec());
    return pod;
  }
}
