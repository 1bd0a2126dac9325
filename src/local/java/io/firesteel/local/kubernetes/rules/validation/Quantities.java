package io.firesteel.local.kubernetes.rules.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import io.firesteel.local.kubernetes.store.ApiException.Cause;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses and validates quantities such as {@code 500m} or {@code 1408Mi}. */
public final class Quantities {
  private static final Pattern FORM =
      Pattern.compile(
          "([+-]?[0-9]*\\.?[0-9]+)(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi|n|u|E|Ei|[eE][+-]?\\d{1,2})?");

  private Quantities() {}

  public static Optional<BigDecimal> parse(String text) {
    return FORM.matcher(text).matches()
        ? Optional.of(Quantity.parse(text).getNumericalAmount())
        : Optional.empty();
  }

  /** Checks that requests and limits are quantities and that no request exceeds its limit. */
  static void check(JsonNode resources, String path, List<Cause> causes) {
    for (String field : List.of("limits", "requests")) {
      for (var entry : resources.path(field).properties()) {
        String text = entry.getValue().asText();
        if (parse(text).isEmpty()) {
          causes.add(
              Cause.invalid(
                  path + "." + field + "[" + entry.getKey() + "]",
                  text,
                  "quantities must match the regular expression"
                      + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"));
        }
      }
    }
    for (var limit : resources.path("limits").properties()) {
      String request = resources.path("requests").path(limit.getKey()).asText("");
      parse(request)
          .filter(r -> parse(limit.getValue().asText()).filter(l -> r.compareTo(l) > 0).isPresent())
          .ifPresent(_ ->
              causes.add(
                  Cause.invalid(
                      path + ".requests",
                      request,
                      "must be less than or equal to %s limit of %s"
                          .formatted(limit.getKey(), limit.getValue().asText()))));
    }
  }
}
