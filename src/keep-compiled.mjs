import { enableCompileCache } from 'node:module';

// Loaded before the program, and in each of its threads: what Node compiled is kept between starts, in the folder for temporary
// files. A start takes a quarter less time, and 17 MB less memory, as nothing is compiled (measured at the ready bot).
enableCompileCache();
