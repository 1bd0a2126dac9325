package io.firesteel.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RedactionTest {

  private static final int MEBIBYTE = 1 << 20;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          APP_SECRET=hunter2 and more          | APP_SECRET=[redacted] and more
          spark.hadoop.fs.s3a.access.key: AKIA | spark.hadoop.fs.s3a.access.key: [redacted]
          "password": "hunter2"                | "password": "[redacted]"
          Authorization: Bearer abc.def        | Authorization: Bearer [redacted]
          Authorization: "Bearer abc.def"      | Authorization: "[redacted]"
          --conf spark.x.secret=hunter2 --jars | --conf spark.x.secret=[redacted] --jars
          --password hunter2 --user me         | --password [redacted] --user me
          "password": "hunter2, with \\"more\\"" x | "password": "[redacted]" x
          {\\"password\\":\\"hunter2\\",\\"n\\":1} | {\\"password\\":\\"[redacted]\\",\\"n\\":1}
          'token' => 'hunter2', 'n' => 1       | 'token' => '[redacted]', 'n' => 1
          conf["token"] = "hunter2"            | conf["token"] = "[redacted]"
          secrets: ["one", "two"] after        | secrets: [redacted] after
          "credentials": {"a": "}", "b": 2}, 1 | "credentials": [redacted], 1
          token=[x]hunter2 after               | token=[redacted] after
          wrong credentials: token: hunter2    | wrong credentials: token: [redacted]
          private key: hunter2                 | private key: [redacted]
          password：hunter2                    | password：[redacted]
          пароль_token_ключ=hunter2            | пароль_token_ключ=[redacted]
          tokén_token🔑=hunter2                | tokén_token🔑=[redacted]
          token="hunter2 without an end        | token="[redacted]
          """)
  void masksTheValueOfASensitiveName(String line, String expected) {
    assertThat(Redaction.redact(line)).isEqualTo(expected);
    assertThat(Redaction.redact(expected)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          jdbc://user:hunter2@db/x             | jdbc://user:[redacted]@db/x
          redis://:hunter2@cache:6379          | redis://:[redacted]@cache:6379
          amqp://me@corp:hunt@er2@host/x       | amqp://me@corp:[redacted]@host/x
          https://x.blob/y?sv=1&sig=abc%2F     | https://x.blob/y?sv=[redacted]&sig=[redacted]
          sig=abc%2F&se=2026-01-01             | sig=[redacted]&se=[redacted]
          s3/k?X-Amz-Date=1&X-Amz-Signature=2  | s3/k?X-Amz-Date=[redacted]&X-Amz-Signature=[redacted]
          """)
  void masksCredentialsInUrls(String line, String expected) {
    assertThat(Redaction.redact(line)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          got Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA== | got [redacted]
          It is Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA. | It is [redacted].
          user AKIAIOSFODNN7EXAMPLE, denied    | user [redacted], denied
          role=ASIAIOSFODNN7EXAMPLE            | role=[redacted]
          x eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0. | x [redacted].
          jwt=eyJhbGciOi.eyJzdWIiOiJ4In0.a-_b, | jwt=[redacted],
          """)
  void masksWordsThatHaveTheFormOfASecret(String line, String expected) {
    assertThat(Redaction.redact(line)).isEqualTo(expected);
  }

  @Test
  void masksPrivateKeysOverSeveralLines() {
    String block =
        """
        before
        -----BEGIN RSA PRIVATE KEY-----
        MIIEow
        hunter2
        -----END RSA PRIVATE KEY-----
        after\
        """;

    assertThat(Redaction.redact(block))
        .isEqualTo(
            """
            before
            -----BEGIN RSA PRIVATE KEY-----[redacted]-----END RSA PRIVATE KEY-----
            after\
            """);
    assertThat(Redaction.redact(block.substring(0, block.indexOf("-----END"))))
        .isEqualTo("before\n-----BEGIN RSA PRIVATE KEY-----[redacted]");
  }

  @Test
  void masksAValueOnTheNextLine() {
    assertThat(Redaction.redact("password:\n  hunter2\nafter"))
        .isEqualTo("password:\n  [redacted]\nafter");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "26/03/01 12:00:00 INFO SparkContext: Running Spark version 4.1.1",
        "\tat org.apache.spark.sql.execution.datasources.DataSourceStrategy$1.apply(X.scala:12)",
        "Caused by: java.lang.IllegalStateException: 3 files missing in /data/2026/01",
        "\tat com.x.Credentials.load(Credentials.java:42)",
        "\tat com.x.Credentials.java:42",
        "\tat app//com.x.Token$Reader.get(Token.java:42) ~[x-token_2.13-4.1.1.jar:4.1.1]",
        "Job 0 failed: collect at TokenCount.scala:30, took 0.5 s",
        "\tat o.a.s.GeneratedClass$GeneratedIteratorForCodegenStage1: x",
        "\tat com.x.Foo$$Lambda/0x00007f8b4c0a1234Ab.apply(Unknown Source)",
        "java.lang.SecurityException at /token_store.py:12: denied",
        "abfss://container@account.dfs.core.windows.net:443/in/2026",
        "http://host:8080/path@x",
        "a token, a secret and a password; no credentials given",
        "token=\"\" and secret=''",
        "-----BEGIN CERTIFICATE-----",
        "\"credentials\": {\n",
      })
  void keepsOrdinaryLines(String line) {
    assertThat(Redaction.redact(line)).isEqualTo(line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "aA1+",
        "token",
        "token ",
        "token=",
        "token:\n",
        "token.java:4",
        "a ",
        "key ",
        "token: token",
        "token={",
        "token={\n",
        "token {\n",
        "token=[\"",
        "token=\"",
        "token=\\\"",
        "token='\\",
        "--token ",
        "x://",
        "x://a:",
        "x://a@",
        "?sig=",
        "-eyJ",
        "-eyJ.",
        "eyJaaaaaaa.",
        "AKIA",
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY-----",
        "$.",
        " ",
      })
  void takesLinearTime(String piece) {
    String text = piece.repeat(MEBIBYTE / piece.length());

    assertTimeoutPreemptively(Duration.ofSeconds(5), () -> Redaction.redact(text));
  }
}
