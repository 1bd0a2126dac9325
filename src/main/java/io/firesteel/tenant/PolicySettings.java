package io.firesteel.tenant;

import io.firesteel.json.FieldReader;
import io.firesteel.json.Rule;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant's jobs may contain. Without a list, every image and every Secret of the namespace
 * is allowed; everything else is denied unless it is listed.
 *
 * @param serviceAccounts in addition to the tenant's own
 * @param conf names of reserved Spark properties that are allowed
 * @param hostNetwork whether pods may use the node's network, ports and process ids
 * @param privileged whether containers may have more rights than by default
 * @param defaultConf Spark properties that a request can override
 * @param enforcedConf Spark properties that a request cannot override
 */
record PolicySettings(
    AllowList images,
    AllowList secrets,
    AllowList serviceAccounts,
    AllowList hostPaths,
    AllowList proxyUsers,
    AllowList conf,
    boolean hostNetwork,
    boolean privileged,
    JobLimits perJob,
    Map<String, String> defaultConf,
    Map<String, String> enforcedConf) {

  /**
   * Names of Spark properties: printable ASCII without blanks, {@code =}, {@code :} and backslash.
   */
  static final Rule<String> PROPERTY_NAME =
      Rule.matching(
          Pattern.compile("spark\\.[!-9;<>-\\[\\]-~]{1,500}"),
          "the name of a Spark property, which begins with spark.");

  private static final int MAX_ENTRIES = 1000;
  private static final Rule<String> PATTERN = Rule.text(512);

  /** The policy of a tenant that defines none. */
  static final PolicySettings DEFAULT =
      new PolicySettings(
          AllowList.ALL,
          AllowList.ALL,
          AllowList.NONE,
          AllowList.NONE,
          AllowList.NONE,
          AllowList.NONE,
          false,
          false,
          JobLimits.NONE,
          Map.of(),
          Map.of());

  PolicySettings {
    defaultConf = Map.copyOf(defaultConf);
    enforcedConf = Map.copyOf(enforcedConf);
  }

  /** Reads the policy in a tenant's spec. */
  static PolicySettings read(FieldReader tenant) {
    PolicySettings allowed = tenant.object("allow", PolicySettings::allowed);
    PolicySettings base = allowed == null ? DEFAULT : allowed;
    JobLimits limits = tenant.object("perJob", JobLimits::read);
    return new PolicySettings(
        base.images,
        base.secrets,
        base.serviceAccounts,
        base.hostPaths,
        base.proxyUsers,
        base.conf,
        base.hostNetwork,
        base.privileged,
        limits == null ? JobLimits.NONE : limits,
        tenant.map("defaultConf", MAX_ENTRIES, PROPERTY_NAME, Rule.TEXT),
        tenant.map("enforcedConf", MAX_ENTRIES, PROPERTY_NAME, Rule.TEXT));
  }

  private static PolicySettings allowed(FieldReader fields) {
    var read =
        new PolicySettings(
            allowList(fields, "images", AllowList.ALL),
            allowList(fields, "secrets", AllowList.ALL),
            allowList(fields, "serviceAccounts", AllowList.NONE),
            allowList(fields, "hostPaths", AllowList.NONE),
            allowList(fields, "proxyUsers", AllowList.NONE),
            allowList(fields, "conf", AllowList.NONE),
            isTrue(fields.read("hostNetwork", Rule.BOOLEAN)),
            isTrue(fields.read("privileged", Rule.BOOLEAN)),
            JobLimits.NONE,
            Map.of(),
            Map.of());
    fields.rejectUnknown();
    return read;
  }

  private static AllowList allowList(FieldReader fields, String name, AllowList otherwise) {
    List<String> patterns = fields.list(name, MAX_ENTRIES, PATTERN);
    return fields.raw(name) == null ? otherwise : new AllowList(patterns);
  }

  private static boolean isTrue(@Nullable Boolean value) {
    return Boolean.TRUE.equals(value);
  }
}
