/**
 * HOW TASKS SHARE: a {@link io.mtl4j.nn.sharing.Sharing} makes one representation a task out of one encoder. {@link
 * io.mtl4j.nn.sharing.HardSharing} gives all tasks the same.
 */
package io.mtl4j.nn.sharing;
