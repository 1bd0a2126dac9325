/**
 * {@code ./firesteel acceptance}: installs Firesteel on a cluster and a broker, publishes a plan of
 * real jobs, and compares their results with the plan. {@link
 * io.firesteel.local.acceptance.Verdict} decides and is pure.
 */
@NullMarked
package io.firesteel.local.acceptance;

import org.jspecify.annotations.NullMarked;
