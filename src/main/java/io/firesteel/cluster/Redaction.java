package io.firesteel.cluster;

import java.util.regex.Pattern;

/**
 * Takes out of log lines what looks like a secret: values beside a telling name (Spark's own {@code
 * spark.redaction.regex} and cloud credentials), credentials in URLs, and long random-looking
 * words. Rather too much than too little.
 */
final class Redaction {

  private static final String MASK = "[redacted]";

  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)([\\w.\\-]*(?:secret|passw(?:or)?d|token|access[._-]?key|account[._-]?key|api[._-]?key"
              + "|credential|authorization|signature|private[._-]?key)[\\w.\\-]*[\"']?\\s*(?:=>|[=:])"
              + "\\s*(?:bearer\\s+|basic\\s+)?[\"']?)([^\\s\"',;&}]+)");

  private static final Pattern IN_URL = Pattern.compile("(\\w://[^\\s:/@]*:)[^\\s@/]+(@)");

  private static final Pattern SIGNED_URL =
      Pattern.compile("(?i)([?&](?:sig|se|sv|x-amz-\\w+)=)[^\\s&]+");

  private static final Pattern RANDOM_WORD =
      Pattern.compile(
          "(?<![\\w+/=.-])(?=[\\w+/=-]*\\d)(?=[\\w+/=-]*[a-z])(?=[\\w+/=-]*[A-Z])[\\w+/=-]{24,}(?![\\w.])");

  private Redaction() {}

  static String redact(String text) {
    String named = NAMED.matcher(text).replaceAll("$1" + "\\[redacted\\]");
    String url = IN_URL.matcher(named).replaceAll("$1\\[redacted\\]$2");
    String signed = SIGNED_URL.matcher(url).replaceAll("$1\\[redacted\\]");
    return RANDOM_WORD.matcher(signed).replaceAll(MASK);
  }
}
