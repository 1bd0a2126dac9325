package io.firesteel.intake;

import io.firesteel.job.ErrorCode;
import io.firesteel.job.Failure;
import io.firesteel.job.FailureCategory;
import io.firesteel.json.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** Why a message is not acted on, for programs and for people. */
record Reason(ErrorCode code, String text) {

  private static final int SHOWN = 20;
  private static final int LONGEST = 4096;

  Reason {
    text = text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }

  /** All mistakes in one sentence each, the first twenty of them. */
  static Reason of(ErrorCode code, List<Problem> problems) {
    String text =
        problems.stream().limit(SHOWN).map(Problem::toString).collect(Collectors.joining("; "));
    int more = problems.size() - SHOWN;
    return new Reason(code, more > 0 ? text + "; and " + more + " more" : text);
  }

  /** The same as a failed job tells it. */
  Failure failure() {
    return Failure.of(FailureCategory.REQUEST, code.reason(), text);
  }
}
