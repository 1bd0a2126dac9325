package io.firesteel.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What a reader of a log gets. */
final class LogCopyTest {

  @Test
  void secretsAreRedactedLineByLine() throws IOException {
    assertThat(copy("start\npassword=hunter2hunter2\nend\n"))
        .isEqualTo("start\npassword=[redacted]\nend\n");
  }

  @Test
  void aPrivateKeyIsRedactedFromItsBeginningToItsEnd() throws IOException {
    assertThat(
            copy(
                """
                before
                -----BEGIN RSA PRIVATE KEY-----
                MIIEpAIBAAKCAQEA
                -----END RSA PRIVATE KEY-----
                after
                """))
        .isEqualTo("before\n[redacted]\n[redacted]\n[redacted]\nafter\n");
  }

  @Test
  void anEmptyLogSaysSo() throws IOException {
    assertThat(copy("")).isEqualTo("firesteel: the driver has written nothing\n");
  }

  @Test
  void aLineWithoutAnEndIsCutAndALogWithoutAnEndToo() throws IOException {
    String endless = "x ".repeat((int) (LogCopy.MAX_BYTES / 2) + LogCopy.MAX_LINE);

    String copied = copy(endless);

    assertThat(copied).endsWith("firesteel: the log goes on; ask for the rest by since or tail\n");
    assertThat(copied.lines())
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(LogCopy.MAX_LINE));
  }

  private static String copy(String log) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    new LogCopy(true).copy(new ByteArrayInputStream(log.getBytes(UTF_8)), output);
    return output.toString(UTF_8);
  }
}
