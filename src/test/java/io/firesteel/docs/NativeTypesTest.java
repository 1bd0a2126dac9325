package io.firesteel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.firesteel.event.JobStatus;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.inbox.InboxMessage;
import io.firesteel.job.Job;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every type that Jackson reaches is registered; see docs/native.md. */
final class NativeTypesTest {

  private static final Path SOURCES = Path.of("src/main/java");
  private static final Pattern HANDED =
      Pattern.compile(
          "(?:serde|json|read|readValue|treeToValue|new Table<>)\\([^;{}]*?\\b(\\w+)\\.class");

  @Test
  void everyTypeThatJacksonReachesIsRegistered() throws IOException {
    Set<Class<?>> registered = registered();
    Set<Class<?>> reached = new HashSet<>();
    Deque<Class<?>> open = new ArrayDeque<>(registered);
    open.addAll(readAsJson());
    while (!open.isEmpty()) {
      Class<?> type = open.pop();
      if (type.getName().startsWith("io.firesteel") && reached.add(type)) {
        open.addAll(Arrays.asList(type.getDeclaredClasses()));
        if (type.isSealed()) {
          open.addAll(Arrays.asList(type.getPermittedSubclasses()));
        }
        if (type.isRecord()) {
          for (RecordComponent component : type.getRecordComponents()) {
            add(open, component.getGenericType());
          }
        }
      }
    }
    reached.removeIf(type -> isRegistered(type, registered));
    assertThat(registered).hasSizeGreaterThan(20);
    assertThat(reached).isEmpty();
  }

  private static void add(Deque<Class<?>> open, Type type) {
    switch (type) {
      case Class<?> plain -> open.add(plain);
      case ParameterizedType generic ->
          Arrays.stream(generic.getActualTypeArguments()).forEach(argument -> add(open, argument));
      default -> {}
    }
  }

  /** The types that the sources pass to Jackson. */
  private static Set<Class<?>> readAsJson() throws IOException {
    Set<Class<?>> named = new HashSet<>();
    try (Stream<Path> sources = Files.walk(SOURCES)) {
      for (Path source : sources.filter(f -> f.toString().endsWith(".java")).toList()) {
        String text = Files.readString(source);
        String here = SOURCES.relativize(source.getParent()).toString().replace('/', '.');
        for (MatchResult found : HANDED.matcher(text).results().toList()) {
          type(found.group(1), text, here).ifPresent(named::add);
        }
      }
    }
    assertThat(named).contains(InboxMessage.class, DesiredDriver.class, JobStatus.class, Job.class);
    return named;
  }

  /** A type by its simple name, resolved from a source file. */
  private static Optional<Class<?>> type(String name, String source, String itsPackage) {
    Matcher imported =
        Pattern.compile("import (io\\.firesteel\\.[\\w.]+\\.%s);".formatted(name)).matcher(source);
    try {
      return Optional.of(
          Class.forName(imported.find() ? imported.group(1) : itsPackage + "." + name));
    } catch (ClassNotFoundException _) {
      return Optional.empty();
    }
  }

  /** Nested types belong to their owner. */
  private static boolean isRegistered(Class<?> type, Set<Class<?>> registered) {
    Class<?> owner = type.getDeclaringClass();
    return registered.contains(type) || owner != null && isRegistered(owner, registered);
  }

  private static Set<Class<?>> registered() {
    Set<Class<?>> types = new HashSet<>();
    new ClassFileImporter()
        .importPath(Path.of("target/classes/io/firesteel")).stream()
            .filter(type -> type.isAnnotatedWith(RegisterForReflection.class))
            .map(JavaClass::reflect)
            .forEach(type -> {
              Class<?>[] targets = type.getAnnotation(RegisterForReflection.class).targets();
              types.addAll(targets.length == 0 ? Set.of(type) : Set.of(targets));
            });
    return types;
  }
}
