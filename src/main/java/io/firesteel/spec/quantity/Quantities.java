package io.firesteel.spec.quantity;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.Optional;
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

  /** The amount in the resource's own unit: cores, bytes. Empty if it is not a valid quantity. */
  public static Optional<BigDecimal> parse(String text) {
    return isValid(text)
        ? Optional.of(Quantity.parse(text).getNumericalAmount())
        : Optional.empty();
  }
}
