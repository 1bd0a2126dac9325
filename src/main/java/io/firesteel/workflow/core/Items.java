package io.firesteel.workflow.core;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.firesteel.event.Outcome;

/**
 * Where the jobs of a task are, one letter for each: {@code .} not asked for, {@code R} on its way,
 * {@code S} succeeded, {@code F} failed, refused or expired, {@code C} cancelled.
 */
public record Items(String marks) {

  static final char OPEN = '.';
  static final char RUNNING = 'R';
  static final char SUCCEEDED = 'S';
  static final char FAILED = 'F';
  static final char CANCELLED = 'C';

  /** Jobs of which none was asked for. */
  static Items open(int count) {
    return new Items(String.valueOf(OPEN).repeat(count));
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Items of(String marks) {
    return new Items(marks);
  }

  @JsonValue
  @Override
  public String toString() {
    return marks;
  }

  int size() {
    return marks.length();
  }

  int count(char mark) {
    return (int) marks.chars().filter(c -> c == mark).count();
  }

  /** The first job that was not asked for; -1 if there is none. */
  int firstOpen() {
    return marks.indexOf(OPEN);
  }

  boolean isRunning(int index) {
    return index >= 0 && index < marks.length() && marks.charAt(index) == RUNNING;
  }

  Items with(int index, char mark) {
    return new Items(marks.substring(0, index) + mark + marks.substring(index + 1));
  }

  Items end(int index, Outcome outcome) {
    return with(
        index,
        switch (outcome) {
          case SUCCEEDED -> SUCCEEDED;
          case FAILED, REFUSED, EXPIRED -> FAILED;
          case CANCELLED -> CANCELLED;
        });
  }

  /** For a retry: what succeeded stays, everything else is open again. */
  Items reopened() {
    return new Items(marks.replaceAll("[^S]", "."));
  }
}
