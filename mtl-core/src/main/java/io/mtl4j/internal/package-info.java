/** Small numerical tools and argument checks shared by the packages of this module. Not API: may change at any time. */
package io.mtl4j.internal;
