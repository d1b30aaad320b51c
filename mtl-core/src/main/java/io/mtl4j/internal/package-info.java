/**
 * Argument checks and small exact solvers shared by the packages of this module. Not API: may change at any time.
 *
 * <ul>
 *   <li>{@link io.mtl4j.internal.NonNegativeQuadratic}, the active-set solver of {@code min ½xᵀHx - qᵀx} over {@code x
 *   ≥ 0}, and on top of it {@link io.mtl4j.internal.MinNormPoint} and {@link io.mtl4j.internal.DualCone};
 *   <li>{@link io.mtl4j.internal.CholeskyFactor}, {@link io.mtl4j.internal.SymmetricEigen} and {@link
 *       io.mtl4j.internal.PseudoInverse};
 *   <li>{@link io.mtl4j.internal.SimplexProjection};
 *   <li>{@link io.mtl4j.internal.Matrices}, the few products they are written in;
 *   <li>{@link io.mtl4j.internal.Require}, the argument checks.
 * </ul>
 *
 * <p>The solvers are dense and in double precision, for as many unknowns as there are tasks. None has an absolute
 * tolerance: the answer for gradients in other units is the same answer.
 */
package io.mtl4j.internal;
