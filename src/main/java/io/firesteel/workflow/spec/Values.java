package io.firesteel.workflow.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The placeholders of a workflow's tasks and their values. Pure. */
public final class Values {

  /** How the workflow ended, for the task that runs on exit. */
  public static final String OUTCOME = "workflow.outcome";

  private static final Pattern OUTPUT =
      Pattern.compile("tasks\\.([A-Za-z][A-Za-z0-9_-]*)\\.outputs\\.([A-Za-z0-9_]+)");

  private Values() {}

  /** The output that a placeholder names; null if it names none. */
  public static ForEach.@Nullable Output output(String placeholder) {
    Matcher match = OUTPUT.matcher(placeholder);
    return match.matches() ? new ForEach.Output(match.group(1), match.group(2)) : null;
  }

  /** Whether a placeholder is one of a workflow, or a mistake in writing one. */
  static boolean isOurs(String placeholder) {
    return placeholder.startsWith("workflow.") || placeholder.startsWith("tasks.");
  }

  /** What every task can use. */
  public static Map<String, JsonNode> ofWorkflow(WorkflowSpec spec) {
    Map<String, JsonNode> values = new HashMap<>();
    values.put("workflow.id", TextNode.valueOf(spec.id()));
    values.put("workflow.tenant", TextNode.valueOf(spec.tenant()));
    spec.parameters().forEach((name, value) -> values.put("workflow.parameters." + name, value));
    return values;
  }

  /**
   * What a job of a task with items can use.
   *
   * @param item null if only the names matter
   */
  public static Map<String, JsonNode> ofItem(String as, @Nullable JsonNode item, boolean date) {
    JsonNode value = item == null ? TextNode.valueOf("") : item;
    Map<String, JsonNode> values = new HashMap<>(Map.of(as, value));
    if (date) {
      LocalDate day = item == null ? LocalDate.EPOCH : LocalDate.parse(item.textValue());
      values.put(as + ".year", TextNode.valueOf("%04d".formatted(day.getYear())));
      values.put(as + ".month", TextNode.valueOf("%02d".formatted(day.getMonthValue())));
      values.put(as + ".day", TextNode.valueOf("%02d".formatted(day.getDayOfMonth())));
    }
    return values;
  }
}
