/** What the Spark operator adds to the pods that spark-submit would create. */
@NullMarked
package io.firesteel.driver.operator;

import org.jspecify.annotations.NullMarked;
