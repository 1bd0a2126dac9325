package io.firesteel.local.kubernetes.rules.validation;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.local.kubernetes.store.ApiException.Cause;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts such as {@code 500m} or {@code 1408Mi}, as resource requests and limits write them. */
public final class Quantities {
  private static final Pattern FORM =
      Pattern.compile(
          "([+-]?[0-9]*\\.?[0-9]+)(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi|n|u|E|Ei|[eE][+-]?\\d{1,2})?");
  private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
  private static final Map<String, BigDecimal> FACTORS =
      Map.ofEntries(
          Map.entry("", BigDecimal.ONE),
          Map.entry("n", BigDecimal.ONE.movePointLeft(9)),
          Map.entry("u", BigDecimal.ONE.movePointLeft(6)),
          Map.entry("m", BigDecimal.ONE.movePointLeft(3)),
          Map.entry("k", BigDecimal.ONE.movePointRight(3)),
          Map.entry("M", BigDecimal.ONE.movePointRight(6)),
          Map.entry("G", BigDecimal.ONE.movePointRight(9)),
          Map.entry("T", BigDecimal.ONE.movePointRight(12)),
          Map.entry("P", BigDecimal.ONE.movePointRight(15)),
          Map.entry("E", BigDecimal.ONE.movePointRight(18)),
          Map.entry("Ki", KIBI),
          Map.entry("Mi", KIBI.pow(2)),
          Map.entry("Gi", KIBI.pow(3)),
          Map.entry("Ti", KIBI.pow(4)),
          Map.entry("Pi", KIBI.pow(5)),
          Map.entry("Ei", KIBI.pow(6)));

  private Quantities() {}

  public static Optional<BigDecimal> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String suffix = matcher.group(2) == null ? "" : matcher.group(2);
    BigDecimal factor = FACTORS.get(suffix);
    return Optional.of(
        factor == null ? new BigDecimal(text) : new BigDecimal(matcher.group(1)).multiply(factor));
  }

  /** Checks that requests and limits are amounts and that no request is above its limit. */
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
