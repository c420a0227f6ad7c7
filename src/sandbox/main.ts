console.log('sandbox')
