/**
 * What happens during training, as records ({@link io.mtl4j.event.TrainingEvent}), and who hears of it ({@link
 * io.mtl4j.event.TrainingListener}).
 */
package io.mtl4j.event;
