package io.firesteel.spec.quantity;

import java.util.regex.Pattern;

/** Kubernetes' resource quantities, as its API server reads them. */
public final class Quantities {

  private static final Pattern FORM =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3}|[numkMGTPE]|[KMGTPE]i)?");

  private Quantities() {}

  /** Whether a text is a quantity. */
  public static boolean isValid(String text) {
    return text.length() <= 64 && FORM.matcher(text).matches();
  }
}
