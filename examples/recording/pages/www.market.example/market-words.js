'use strict';
self.words = ['apple', 'pear', 'plum'];
