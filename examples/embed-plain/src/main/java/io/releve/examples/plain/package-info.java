/** How a program without OSGi uses Relève. */
package io.releve.examples.plain;
