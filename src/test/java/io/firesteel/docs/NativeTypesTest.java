package io.firesteel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What Jackson reaches from a registered record is registered too; see docs/native.md. */
final class NativeTypesTest {

  @Test
  void everyTypeOfARegisteredRecordIsRegistered() {
    Set<Class<?>> registered = registered();
    Set<Class<?>> reached = new HashSet<>();
    Deque<Class<?>> open = new ArrayDeque<>(registered);
    while (!open.isEmpty()) {
      Class<?> type = open.pop();
      if (type.getName().startsWith("io.firesteel") && reached.add(type)) {
        open.addAll(Arrays.asList(type.getDeclaredClasses()));
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

  /** Nested types go with their owner. */
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
