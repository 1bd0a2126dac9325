package io.firesteel.rest.problem;

/** Ends a call with a problem. */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.code(), null, false, false);
    this.problem = problem;
  }

  /** A problem of which the code says all. */
  public ProblemException(ProblemCode code) {
    this(Problem.of(code));
  }

  /** A problem with a sentence for the caller. */
  public ProblemException(ProblemCode code, String detail) {
    this(Problem.of(code, detail));
  }

  /** The problem. */
  public Problem problem() {
    return problem;
  }
}
