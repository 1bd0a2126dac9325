package io.firesteel.tenant;

import io.firesteel.json.Fields;
import io.firesteel.json.Rule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant's jobs may contain. What is not listed is not allowed, but for images and Secrets,
 * which are bounded by the namespace already when no list is given.
 *
 * @param serviceAccounts besides the tenant's own
 * @param conf keys of sparkConf that are refused otherwise
 * @param hostNetwork whether pods may use the node's network, ports and process ids
 * @param privileged whether containers may have more rights than a plain one
 * @param defaultConf used where a request says nothing
 * @param enforcedConf goes over whatever a request says
 */
record Policy(
    Globs images,
    Globs secrets,
    Globs serviceAccounts,
    Globs hostPaths,
    Globs proxyUsers,
    Globs conf,
    boolean hostNetwork,
    boolean privileged,
    JobLimits perJob,
    Map<String, String> defaultConf,
    Map<String, String> enforcedConf) {

  private static final int MOST = 1000;
  private static final Rule<String> PATTERN = Rule.text(512);

  /** That of a tenant that says nothing. */
  static final Policy PLAIN =
      new Policy(
          Globs.ALL,
          Globs.ALL,
          Globs.NONE,
          Globs.NONE,
          Globs.NONE,
          Globs.NONE,
          false,
          false,
          JobLimits.NONE,
          Map.of(),
          Map.of());

  Policy {
    defaultConf = Map.copyOf(defaultConf);
    enforcedConf = Map.copyOf(enforcedConf);
  }

  /** Reads its part of a tenant's spec. */
  static Policy read(Fields tenant) {
    Policy allowed = tenant.object("allow", Policy::allowed);
    Policy base = allowed == null ? PLAIN : allowed;
    JobLimits limits = tenant.object("perJob", JobLimits::read);
    return new Policy(
        base.images,
        base.secrets,
        base.serviceAccounts,
        base.hostPaths,
        base.proxyUsers,
        base.conf,
        base.hostNetwork,
        base.privileged,
        limits == null ? JobLimits.NONE : limits,
        tenant.map("defaultConf", MOST, Conf.KEY, Rule.TEXT),
        tenant.map("enforcedConf", MOST, Conf.KEY, Rule.TEXT));
  }

  private static Policy allowed(Fields fields) {
    var read =
        new Policy(
            globs(fields, "images", Globs.ALL),
            globs(fields, "secrets", Globs.ALL),
            globs(fields, "serviceAccounts", Globs.NONE),
            globs(fields, "hostPaths", Globs.NONE),
            globs(fields, "proxyUsers", Globs.NONE),
            globs(fields, "conf", Globs.NONE),
            yes(fields.read("hostNetwork", Rule.BOOLEAN)),
            yes(fields.read("privileged", Rule.BOOLEAN)),
            JobLimits.NONE,
            Map.of(),
            Map.of());
    fields.noOthers();
    return read;
  }

  private static Globs globs(Fields fields, String name, Globs otherwise) {
    List<String> patterns = fields.list(name, MOST, PATTERN);
    return fields.any(name) == null ? otherwise : new Globs(patterns);
  }

  private static boolean yes(@Nullable Boolean value) {
    return Boolean.TRUE.equals(value);
  }
}
