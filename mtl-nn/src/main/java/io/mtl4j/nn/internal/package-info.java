/** What several packages need and users don't. Not API. */
package io.mtl4j.nn.internal;
