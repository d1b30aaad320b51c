/**
 * Tables in files: CSV and TSV. {@link io.mtl4j.nn.data.table.TableReader} reads a {@link io.mtl4j.nn.data.table.Table} of
 * text cells; a {@link io.mtl4j.nn.data.table.TableEncoder} learns from the training part how to write its columns as
 * numbers (means, deviations, categories) and does so for any other part:
 *
 * <pre>{@code
 * DataSource people(Table train) {
 *     TableEncoder encoder = TableEncoder.builder()
 *             .numeric("age", "hours_per_week")
 *             .categorical("workclass", "education")
 *             .fit(train);
 *     return ArraySource.builder("person")
 *             .features(encoder.encode(train))
 *             .labels("income", train.classes("income", new ClassNames(List.of("<=50K", ">50K"))))
 *             .build();
 * }
 * }</pre>
 */
package io.mtl4j.nn.data.table;
