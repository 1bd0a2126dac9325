package io.firesteel.tenant;

import io.firesteel.docs.GeneratedTables;
import io.firesteel.tenant.FieldTable.Decision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of what decides about a field say what the code does. */
final class PolicyDocsTest {

  @Test
  void theTablesAreThoseOfTheCode() throws IOException {
    GeneratedTables.check(
        Path.of("docs/definitions.md"),
        Map.of("policy-fields", fields(), "policy-properties", properties()));
  }

  private static String fields() {
    SortedMap<String, TreeSet<String>> byDecision = new TreeMap<>();
    FieldTable.all()
        .forEach((type, fields) ->
            fields.forEach((name, field) -> {
              if (!isOfBothRoles(type, name)) {
                decidedBy(field.decision())
                    .ifPresent(decision ->
                        byDecision
                            .computeIfAbsent(decision, _ -> new TreeSet<>())
                            .add("`" + type + "." + name + "`"));
              }
            }));
    return table("decided by", "fields", byDecision);
  }

  /** Driver and executor have the fields of SparkPodSpec, which is in the table once. */
  private static boolean isOfBothRoles(String type, String name) {
    return type.matches("(Driver|Executor)Spec")
        && FieldTable.find("SparkPodSpec", name).isPresent();
  }

  private static String properties() {
    SortedMap<String, TreeSet<String>> byDecision = new TreeMap<>();
    PropertyRule.ALL.forEach(rule ->
        byDecision
            .computeIfAbsent("`allow." + rule.setting().field() + "`", _ -> new TreeSet<>())
            .add("`" + rule.property() + "`"));
    byDecision.put(
        "`perJob.resources`", new TreeSet<>(List.of("`spark.<role>.resource.<value>.amount`")));
    return table("decided by", "properties", byDecision);
  }

  private static Optional<String> decidedBy(Decision decision) {
    return switch (decision) {
      case Decision.Free() -> Optional.empty();
      case Decision.Denied() -> Optional.of("`allow.fields`");
      case Decision.Listed(AllowSetting setting) -> Optional.of("`allow." + setting.field() + "`");
      case Decision.Ruled(FieldRule rule) -> Optional.of(rule.decidedBy());
    };
  }

  private static String table(
      String left, String right, SortedMap<String, TreeSet<String>> byDecision) {
    return Stream.concat(
            Stream.of("| %s | %s |\n|---|---|\n".formatted(left, right)),
            byDecision.entrySet().stream()
                .map(row ->
                    "| %s | %s |\n".formatted(row.getKey(), String.join(", ", row.getValue()))))
        .collect(Collectors.joining());
  }
}
