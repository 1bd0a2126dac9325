package io.firesteel.rest.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The role that a caller of an operation needs for the tenant in its path, or for all tenants if
 * the path has none. An operation without this annotation is denied to everybody.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Requires {
  Role value();

  /**
   * Whether the operation limits its answer to the tenants for which the caller has the role; then
   * the role for any tenant suffices.
   */
  boolean forAnyTenant() default false;
}
