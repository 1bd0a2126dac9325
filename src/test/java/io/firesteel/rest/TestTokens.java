package io.firesteel.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.firesteel.json.JsonCodec;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Signs tokens as a provider would; the worker under test has the public key. */
public final class TestTokens {

  private static final KeyPair KEYS = keys();
  private static final KeyPair OTHERS = keys();

  private TestTokens() {}

  /** The key with which the worker checks tokens, in PEM's Base64. */
  public static String publicKey() {
    return Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded());
  }

  static String of(String name, String... roles) {
    return sign(KEYS, name, List.of(roles), 4_000_000_000L);
  }

  static String expired(String... roles) {
    return sign(KEYS, "ann", List.of(roles), 1_000_000_000L);
  }

  static String signedBySomebodyElse(String... roles) {
    return sign(OTHERS, "ann", List.of(roles), 4_000_000_000L);
  }

  private static String sign(KeyPair keys, String name, List<String> roles, long expires) {
    try {
      String unsigned =
          encode(Map.of("alg", "RS256", "typ", "JWT"))
              + "."
              + encode(Map.of("sub", name, "upn", name, "groups", roles, "exp", expires, "iat", 1));
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(unsigned.getBytes(UTF_8));
      return unsigned + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encode(Map<String, ?> content) {
    return base64(JsonCodec.write(content));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
