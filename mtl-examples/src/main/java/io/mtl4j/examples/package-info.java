/** Runnable examples: each main class is a command of its own. */
package io.mtl4j.examples;
