package io.firesteel.cluster.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.firesteel.cluster.reconcile.PodView.Container;
import io.firesteel.inbox.Outputs;
import io.firesteel.json.FieldReader;
import io.firesteel.json.InvalidJsonException;
import io.firesteel.json.Names;
import io.firesteel.json.Rule;
import io.firesteel.json.StrictJson;
import io.firesteel.json.ValidationError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the outputs of a driver from the termination message of its container. Only the message of
 * a container that ended with exit code 0 holds outputs; after a failure it is evidence of the
 * failure, and may be the end of a log. Pure.
 */
final class OutputsReader {

  static final int MAX_OUTPUTS = 16;

  /** What the kubelet keeps of a termination message, in bytes. */
  static final int MAX_BYTES = 4096;

  private static final Pattern PLAIN = Pattern.compile("[^\\p{Cc}\\p{Cs}]*");
  private static final String EXPECTED =
      "a string without control characters, a number, a boolean or an array of such strings";
  private static final Rule<JsonNode> VALUE = new Rule<>(EXPECTED, OutputsReader::value, false);

  private OutputsReader() {}

  /** The outputs of a driver that succeeded. */
  static Outputs of(@Nullable Container container) {
    String message =
        container == null
                || container.initContainer() != null
                || container.terminated() == null
                || container.terminated().exitCode() != 0
            ? null
            : container.terminated().message();
    return message == null || message.isBlank() ? Outputs.NONE : read(message);
  }

  private static Outputs read(String message) {
    byte[] bytes = message.getBytes(UTF_8);
    try {
      return read(StrictJson.read(bytes));
    } catch (InvalidJsonException e) {
      return Outputs.unreadable(
          bytes.length < MAX_BYTES
              ? e.getMessage() + "; write one JSON object to the file that FIRESTEEL_OUTPUTS names"
              : "exceeds 4,096 bytes, and the kubelet keeps only the last of them; put large data in an object store and its URL here");
    }
  }

  private static Outputs read(JsonNode tree) {
    List<ValidationError> errors = new ArrayList<>();
    if (!tree.isObject() || tree.size() > MAX_OUTPUTS) {
      String found = tree.isObject() ? "has " + tree.size() : "is " + FieldReader.typeOf(tree);
      return Outputs.unreadable(
          "must be a JSON object of at most " + MAX_OUTPUTS + " fields, " + found);
    }
    var whole = JsonNodeFactory.instance.objectNode().set("outputs", tree);
    var fields = FieldReader.of(whole, "", errors);
    Map<String, JsonNode> values = fields.map("outputs", MAX_OUTPUTS, Names.PARAMETER, VALUE);
    return errors.isEmpty()
        ? new Outputs(values, null)
        : Outputs.unreadable(errors.getFirst().toString());
  }

  private static @Nullable JsonNode value(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> isPlain(node) ? node : null;
      case NUMBER -> Double.isFinite(node.doubleValue()) ? node : null;
      case BOOLEAN -> node;
      case ARRAY -> node.valueStream().allMatch(OutputsReader::isPlain) ? node : null;
      default -> null;
    };
  }

  private static boolean isPlain(JsonNode node) {
    return node.isTextual() && PLAIN.matcher(node.textValue()).matches();
  }
}
