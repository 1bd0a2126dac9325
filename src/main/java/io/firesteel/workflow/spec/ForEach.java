package io.firesteel.workflow.spec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One job of a task for each item.
 *
 * @param as the name of the item's placeholder
 * @param maxParallel how many of its jobs may be on their way at once
 * @param tolerated how many jobs may fail without a failure of the task
 * @param percent whether {@code tolerated} is a percentage
 */
public record ForEach(Source source, String as, int maxParallel, int tolerated, boolean percent) {

  /** The most items of a task. */
  public static final int MAX_ITEMS = 1_000;

  static final int DEFAULT_PARALLEL = 8;

  /** Where items come from. Either {@code items} or {@code task} and {@code output} are set. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Given.class, name = "given"),
    @JsonSubTypes.Type(value = Output.class, name = "output")
  })
  public sealed interface Source {}

  /**
   * Items that the request lists.
   *
   * @param dates whether each is a date, whose parts have placeholders
   */
  public record Given(List<JsonNode> items, boolean dates) implements Source {
    public Given {
      items = List.copyOf(items);
    }
  }

  /** The strings of a list that an earlier task hands on. */
  public record Output(String task, String name) implements Source {}

  /** How many of so many jobs may fail. */
  public int tolerated(int total) {
    return percent ? (int) (total * (long) tolerated / 100) : tolerated;
  }
}
