package io.firesteel.rest.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the REST API's access. Firesteel reads them once, at start. */
@ConfigMapping(prefix = "firesteel.rest")
interface AccessConfig {

  /**
   * Whether anybody may call every operation without a token; for laptops only. Without it, and
   * without {@code quarkus.oidc.auth-server-url}, every call is refused.
   */
  @WithDefault("false")
  boolean open();

  /**
   * What the words in a token's roles begin with that grant a role for a tenant, as in {@code
   * firesteel:acme:submitter}.
   */
  @WithDefault("firesteel:")
  String rolePrefix();

  /** How many calls a caller may make at once; each replica counts for itself. */
  @WithDefault("200")
  int burst();

  /** How many calls a second restore a caller's burst. */
  @WithDefault("50")
  int rate();
}
