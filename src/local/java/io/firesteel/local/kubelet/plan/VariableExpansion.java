package io.firesteel.local.kubelet.plan;

import java.util.Map;

/**
 * Expands {@code $(NAME)} in environment values, commands, arguments and {@code subPathExpr} as
 * Kubernetes does: unknown names stay, and {@code $$(NAME)} is a literal {@code $(NAME)}.
 */
final class VariableExpansion {

  private VariableExpansion() {}

  static String expand(String text, Map<String, String> known) {
    var out = new StringBuilder(text.length());
    var at = 0;
    while (at < text.length()) {
      var next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
      var close = text.indexOf(')', at);
      if (text.charAt(at) == '$' && next == '$') {
        out.append('$');
        at += 2;
      } else if (text.charAt(at) == '$' && next == '(' && close > 0) {
        var name = text.substring(at + 2, close);
        out.append(known.getOrDefault(name, text.substring(at, close + 1)));
        at = close + 1;
      } else {
        out.append(text.charAt(at++));
      }
    }
    return out.toString();
  }
}
