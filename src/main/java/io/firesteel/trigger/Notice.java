package io.firesteel.trigger;

import io.firesteel.json.Problem;
import java.util.List;

/** What one notification within a message says. */
public sealed interface Notice {

  /** An object was written. */
  record Arrived(ObjectArrival arrival) implements Notice {}

  /** Something else happened that starts no job. */
  record Ignored(String why) implements Notice {}

  /** It is of a known format and breaks it. */
  record Broken(List<Problem> problems) implements Notice {

    public Broken {
      problems = List.copyOf(problems);
    }
  }
}
