/** The SparkApplication v1beta2 spec of the Spark operator, field for field. */
@NullMarked
package io.firesteel.spec;

import org.jspecify.annotations.NullMarked;
