package io.firesteel.tenant;

import io.firesteel.json.FieldReader;
import io.firesteel.json.Rule;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant's jobs may contain. Without a list, every image, Secret and annotation is allowed;
 * everything else that leads out of the tenant's namespace is denied unless it is listed.
 *
 * @param allow the values of each list, those that every tenant may use included
 * @param hostNetwork whether pods may use the node's network, ports and process ids
 * @param privileged whether containers may have more rights than by default
 * @param rootUser whether containers may run as root
 * @param defaultConf Spark properties that a request can override
 * @param enforcedConf Spark properties that a request cannot override
 */
record PolicySettings(
    Map<AllowSetting, AllowList> allow,
    boolean hostNetwork,
    boolean privileged,
    boolean rootUser,
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

  /** The lists of a tenant that defines none. */
  private static final Map<AllowSetting, AllowList> DEFAULTS =
      Arrays.stream(AllowSetting.values())
          .collect(Collectors.toMap(setting -> setting, AllowSetting::byDefault));

  PolicySettings {
    allow = Map.copyOf(allow);
    defaultConf = Map.copyOf(defaultConf);
    enforcedConf = Map.copyOf(enforcedConf);
  }

  /** Reads the policy in a tenant's spec. */
  static PolicySettings read(FieldReader tenant) {
    Map<String, String> defaultConf =
        tenant.map("defaultConf", MAX_ENTRIES, PROPERTY_NAME, Rule.TEXT);
    Map<String, String> enforcedConf =
        tenant.map("enforcedConf", MAX_ENTRIES, PROPERTY_NAME, Rule.TEXT);
    JobLimits limits = tenant.object("perJob", JobLimits::read);
    JobLimits perJob = limits == null ? JobLimits.NONE : limits;
    PolicySettings allowed =
        tenant.object("allow", fields -> read(fields, perJob, defaultConf, enforcedConf));
    return allowed == null
        ? new PolicySettings(DEFAULTS, false, false, false, perJob, defaultConf, enforcedConf)
        : allowed;
  }

  private static PolicySettings read(
      FieldReader fields,
      JobLimits perJob,
      Map<String, String> defaultConf,
      Map<String, String> enforcedConf) {
    var lists = new EnumMap<>(DEFAULTS);
    for (AllowSetting setting : AllowSetting.values()) {
      List<String> patterns = fields.list(setting.field(), MAX_ENTRIES, PATTERN);
      if (fields.raw(setting.field()) != null) {
        lists.put(setting, setting.of(patterns));
      }
    }
    var policy =
        new PolicySettings(
            lists,
            isTrue(fields.read("hostNetwork", Rule.BOOLEAN)),
            isTrue(fields.read("privileged", Rule.BOOLEAN)),
            isTrue(fields.read("rootUser", Rule.BOOLEAN)),
            perJob,
            defaultConf,
            enforcedConf);
    fields.rejectUnknown();
    return policy;
  }

  /** The values that a list allows. */
  AllowList list(AllowSetting setting) {
    return Objects.requireNonNull(allow.get(setting));
  }

  /** The error for a value that a list does not allow; null if it does. */
  @Nullable String denied(AllowSetting setting, String value) {
    AllowList list = list(setting);
    boolean allowed =
        setting == AllowSetting.HOST_PATHS ? list.allowsHostPath(value) : list.allows(value);
    return allowed ? null : setting.denied(value, list);
  }

  private static boolean isTrue(@Nullable Boolean value) {
    return Boolean.TRUE.equals(value);
  }
}
