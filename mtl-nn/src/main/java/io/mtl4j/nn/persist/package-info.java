/** Saving and loading: what a model and a training must remember. */
package io.mtl4j.nn.persist;
