package io.firesteel.local.kubernetes;

/** The kubeconfig of this server. */
final class Kubeconfig {
  private Kubeconfig() {}

  static String text(String url) {
    return """
    apiVersion: v1
    kind: Config
    clusters:
      - name: laptop
        cluster:
          server: %s
    users:
      - name: laptop
        user: {}
    contexts:
      - name: laptop
        context:
          cluster: laptop
          namespace: default
          user: laptop
    current-context: laptop
    """
        .formatted(url);
  }
}
